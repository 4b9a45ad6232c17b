#pragma once

#include <cstdint>
#include <utility>

namespace itwin {

/// A reference-counted thing on the heap. The counts are not atomic: values live on the engine thread.
class Cell {
public:
    Cell(const Cell&) = delete;
    Cell& operator=(const Cell&) = delete;

    void retain() const noexcept { ++references_; }
    void release() const noexcept {
        if (--references_ == 0) destroy(const_cast<Cell*>(this));
    }

    /// The number of cells alive in the process.
    static uint64_t liveCount() noexcept;

protected:
    Cell() noexcept;
    virtual ~Cell();

    /// Called when the last reference is gone, before the destructor: the place to tell weak references and queue finalizers.
    virtual void dying() noexcept {}

private:
    /// Destroys a cell and what only it holds, without recursion: a deep structure must not overflow the stack.
    static void destroy(Cell* cell) noexcept;

    mutable uint32_t references_ = 0;
    Cell* nextDying_ = nullptr;
};

/// An owning pointer to a cell.
template <class T> class Ref {
public:
    Ref() noexcept = default;
    Ref(T* cell) noexcept : cell_(cell) {
        if (cell_) cell_->retain();
    }
    Ref(const Ref& other) noexcept : Ref(other.cell_) {}
    Ref(Ref&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
    template <class U> Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
    ~Ref() {
        if (cell_) cell_->release();
    }
    Ref& operator=(Ref other) noexcept {
        std::swap(cell_, other.cell_);
        return *this;
    }

    T* get() const noexcept { return cell_; }
    T* operator->() const noexcept { return cell_; }
    T& operator*() const noexcept { return *cell_; }
    explicit operator bool() const noexcept { return cell_ != nullptr; }

private:
    T* cell_ = nullptr;
};

} // namespace itwin
