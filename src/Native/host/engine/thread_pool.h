#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace itwin {

/// The threads that run the add-on's async work. Node has four (libuv's default), and the add-on is written for that.
class ThreadPool {
public:
    static constexpr size_t threadCount = 4;
    ~ThreadPool() { stop(); }
    void run(std::function<void()> work);
    /// Lets what was started finish, drops nothing, joins the threads.
    void stop();

private:
    void loop();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> work_;
    std::vector<std::thread> threads_;
    bool stopping_ = false;
};

} // namespace itwin
