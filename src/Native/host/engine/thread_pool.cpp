#include "engine/thread_pool.h"

namespace itwin {

void ThreadPool::run(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (threads_.empty())
            for (size_t i = 0; i < threadCount; ++i) threads_.emplace_back([this] { loop(); });
        work_.push_back(std::move(work));
    }
    changed_.notify_one();
}

void ThreadPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void ThreadPool::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !work_.empty(); });
        if (work_.empty()) return;
        const std::function<void()> work = std::move(work_.front());
        work_.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace itwin
