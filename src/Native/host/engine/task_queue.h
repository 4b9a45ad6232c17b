#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>

namespace itwin {

/// What other threads want run on the engine thread, in order. The first task after a drain wakes it.
class TaskQueue {
public:
    explicit TaskQueue(void (*wake)()) noexcept : wake_(wake) {}
    void post(std::function<void()> task);
    /// Takes all tasks that wait.
    std::deque<std::function<void()>> take();

private:
    void (*wake_)();
    std::mutex mutex_;
    std::deque<std::function<void()>> tasks_;
};

} // namespace itwin
