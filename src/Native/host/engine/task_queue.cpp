#include "engine/task_queue.h"

#include <utility>

namespace itwin {

void TaskQueue::post(std::function<void()> task) {
    bool first;
    {
        const std::lock_guard lock(mutex_);
        first = tasks_.empty();
        tasks_.push_back(std::move(task));
    }
    if (first) wake_();
}

std::deque<std::function<void()>> TaskQueue::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(tasks_, {});
}

} // namespace itwin
