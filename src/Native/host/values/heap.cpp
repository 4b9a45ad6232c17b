#include "values/cell.h"

namespace itwin {
namespace {
uint64_t liveCells = 0;
Cell* dyingCells = nullptr;
bool destroying = false;
} // namespace

Cell::Cell() noexcept { ++liveCells; }

Cell::~Cell() { --liveCells; }

uint64_t Cell::liveCount() noexcept { return liveCells; }

void Cell::destroy(Cell* cell) noexcept {
    cell->dying();
    cell->nextDying_ = dyingCells;
    dyingCells = cell;
    if (destroying) return;
    destroying = true;
    while (dyingCells) {
        Cell* next = dyingCells;
        dyingCells = next->nextDying_;
        delete next;
    }
    destroying = false;
}

} // namespace itwin
