// Random N-API calls on random values, right and wrong: value_fuzzer [OPERATIONS] [SEED]. Prints what it did; a crash, a sanitizer's
// report or a leak is the failure.

#include "test_engine.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace itwin;

namespace {

class Fuzzer {
public:
    explicit Fuzzer(uint64_t seed) : random_(seed) {}

    /// One scope with some operations in it.
    void round(int operations) {
        testEngine().turn([&] {
            values_.clear();
            for (int i = 0; i < operations; ++i) step();
            values_.clear();
        });
        testEngine().pump();
    }

    void finish() {
        testEngine().turn([&] {
            for (napi_ref reference : references_) napi_delete_reference(env_, reference);
            references_.clear();
            for (napi_deferred deferred : deferreds_) napi_resolve_deferred(env_, deferred, fresh());
            deferreds_.clear();
        });
        testEngine().pump();
    }

    uint64_t done() const noexcept { return done_; }
    int64_t wrapsAlive() const noexcept { return wrapsAlive_; }

private:
    size_t below(size_t limit) { return random_() % limit; }

    void keep(napi_value value) {
        if (!value) return;
        if (values_.size() < 64)
            values_.push_back(value);
        else
            values_[below(values_.size())] = value;
    }

    napi_value fresh() {
        napi_value value = nullptr;
        switch (below(9)) {
        case 0: napi_get_undefined(env_, &value); break;
        case 1: napi_get_null(env_, &value); break;
        case 2: napi_get_boolean(env_, below(2) == 0, &value); break;
        case 3: napi_create_double(env_, number(), &value); break;
        case 4: {
            const std::string text = this->text();
            napi_create_string_utf8(env_, text.data(), text.size(), &value);
            break;
        }
        case 5: napi_create_object(env_, &value); break;
        case 6: napi_create_array_with_length(env_, below(6), &value); break;
        case 7: napi_create_arraybuffer(env_, below(64), nullptr, &value); break;
        default: {
            const std::string text = this->text();
            napi_create_string_latin1(env_, text.data(), text.size(), &value);
        }
        }
        return value;
    }

    napi_value any() { return values_.empty() || below(6) == 0 ? fresh() : values_[below(values_.size())]; }

    double number() {
        static constexpr double special[] = {0, -0.0, 1, -1, 0.5, 4294967296.0, 1e21, 1e-7, 9007199254740993.0, INFINITY, -INFINITY, NAN};
        return below(2) == 0 ? special[below(std::size(special))] : static_cast<double>(static_cast<int64_t>(random_())) / 1024;
    }

    std::string text() {
        static const char* const known[] = {"a", "b", "0", "7", "length", "prototype", "toJSON", "toString", "message", "name", "", "12", "4000000000",
                                            "{\"a\":[1,2,{\"b\":null}]}", "[1.0,\"\\u00e9\"]", "{\"a\":1,\"a\":2}", "[[[[]]]]", "{", "\"x", "1e5", "-"};
        if (below(3) > 0) return known[below(std::size(known))];
        std::string bytes;
        for (size_t i = below(24); i > 0; --i) bytes.push_back(static_cast<char>(random_()));
        return bytes;
    }

    static napi_value callback(napi_env env, napi_callback_info info) {
        auto* self = theFuzzer;
        size_t count = 3;
        napi_value arguments[3], receiver, target;
        void* data;
        napi_get_cb_info(env, info, &count, arguments, &receiver, &data);
        napi_get_new_target(env, info, &target);
        if (self->depth_ >= 3) return nullptr;
        ++self->depth_;
        // The values of this call die with its scope: keep them apart.
        std::vector<napi_value> outer = std::exchange(self->values_, {arguments[0], arguments[1], arguments[2], receiver});
        for (int i = 0; i < 3; ++i) self->step();
        const napi_value result = self->any();
        self->values_ = std::move(outer);
        --self->depth_;
        if (self->below(8) == 0) throw std::runtime_error("thrown by the fuzzer");
        return self->below(4) == 0 ? nullptr : result;
    }

    static void finalizer(napi_env, void* data, void*) {
        --theFuzzer->wrapsAlive_;
        std::free(data);
    }

    void step() {
        ++done_;
        napi_value result = nullptr;
        bool flag;
        switch (below(44)) {
        case 0: keep(fresh()); break;
        case 1: napi_set_property(env_, any(), any(), any()); break;
        case 2: napi_get_property(env_, any(), any(), &result); break;
        case 3: napi_has_property(env_, any(), any(), &flag); break;
        case 4: napi_has_own_property(env_, any(), any(), &flag); break;
        case 5: napi_delete_property(env_, any(), any(), &flag); break;
        case 6: napi_set_named_property(env_, any(), text().c_str(), any()); break;
        case 7: napi_get_named_property(env_, any(), text().c_str(), &result); break;
        case 8: napi_set_element(env_, any(), static_cast<uint32_t>(below(300)), any()); break;
        case 9: napi_get_element(env_, any(), static_cast<uint32_t>(below(300)), &result); break;
        case 10: napi_get_property_names(env_, any(), &result); break;
        case 11: napi_coerce_to_string(env_, any(), &result); break;
        case 12: napi_coerce_to_number(env_, any(), &result); break;
        case 13: napi_coerce_to_bool(env_, any(), &result); break;
        case 14: napi_coerce_to_object(env_, any(), &result); break;
        case 15: napi_strict_equals(env_, any(), any(), &flag); break;
        case 16: napi_instanceof(env_, any(), any(), &flag); break;
        case 17: napi_create_function(env_, text().c_str(), NAPI_AUTO_LENGTH, callback, this, &result); break;
        case 18: {
            const napi_value arguments[] = {any(), any()};
            napi_call_function(env_, any(), any(), below(3), arguments, &result);
            break;
        }
        case 19: {
            const napi_value arguments[] = {any(), any()};
            napi_new_instance(env_, any(), below(3), arguments, &result);
            break;
        }
        case 20: result = defineClass(); break;
        case 21: wrap(); break;
        case 22: {
            void* native;
            napi_unwrap(env_, any(), &native);
            break;
        }
        case 23: {
            void* native = nullptr;
            if (napi_remove_wrap(env_, any(), &native) == napi_ok) {
                --wrapsAlive_;
                std::free(native);
            }
            break;
        }
        case 24: makeReference(); break;
        case 25: useReference(); break;
        case 26: keep(parseText(text())); break;
        case 27: stringifyValue(any()); break;
        case 28: napi_create_typedarray(env_, static_cast<napi_typedarray_type>(below(12)), below(20), any(), below(20), &result); break;
        case 29: readBytes(any()); break;
        case 30: {
            void* data;
            const std::string bytes = text();
            napi_create_buffer_copy(env_, bytes.size(), bytes.data(), &data, &result);
            break;
        }
        case 31: napi_create_error(env_, below(2) ? any() : nullptr, any(), &result); break;
        case 32: napi_throw(env_, any()); break;
        case 33: napi_get_and_clear_last_exception(env_, &result); break;
        case 34: promise(); break;
        case 35: readString(any()); break;
        case 36: readNumbers(any()); break;
        case 37: scope(); break;
        case 38: external(); break;
        case 39: {
            const std::string name = text();
            const napi_property_descriptor property{name.c_str(), nullptr, callback, nullptr, nullptr, nullptr, napi_enumerable, this};
            napi_define_properties(env_, any(), 1, &property);
            break;
        }
        case 40: {
            const napi_extended_error_info* info;
            napi_get_last_error_info(env_, &info);
            break;
        }
        case 41: napi_get_property(env_, nullptr, any(), &result); break;
        case 42: napi_set_property(env_, any(), nullptr, any()); break;
        default: asyncWork(); break;
        }
        keep(result);
        if (testEngine().pending() && below(2) == 0) testEngine().takeException();
    }

    napi_value defineClass() {
        napi_value value = any(), result = nullptr;
        const napi_property_descriptor properties[] = {
            {"method", nullptr, callback, nullptr, nullptr, nullptr, napi_default, this},
            {"accessor", nullptr, nullptr, callback, below(2) ? callback : nullptr, nullptr, napi_enumerable, this},
            {nullptr, value, nullptr, nullptr, nullptr, value, napi_static, this},
        };
        napi_define_class(env_, "Fuzzed", NAPI_AUTO_LENGTH, callback, this, below(4), properties, &result);
        return result;
    }

    void wrap() {
        void* native = std::malloc(8);
        napi_ref reference = nullptr;
        const bool wantsReference = below(2) == 0;
        if (napi_wrap(env_, any(), native, finalizer, nullptr, wantsReference ? &reference : nullptr) != napi_ok) {
            std::free(native);
            return;
        }
        ++wrapsAlive_;
        if (reference) hold(reference);
    }

    void hold(napi_ref reference) {
        references_.push_back(reference);
        if (references_.size() <= 100) return;
        const size_t victim = below(references_.size());
        napi_delete_reference(env_, references_[victim]);
        references_.erase(references_.begin() + static_cast<ptrdiff_t>(victim));
    }

    void makeReference() {
        napi_ref reference;
        // Strong references only to fresh objects: they cannot be part of a cycle, which would never be freed.
        const bool strong = below(4) == 0;
        napi_value target = any();
        if (strong) napi_create_object(env_, &target);
        if (napi_create_reference(env_, target, strong ? 1 : 0, &reference) == napi_ok) hold(reference);
    }

    void useReference() {
        if (references_.empty()) return;
        napi_value value = nullptr;
        napi_get_reference_value(env_, references_[below(references_.size())], &value);
        keep(value);
    }

    napi_value parseText(const std::string& json) { return testEngine().pending() ? nullptr : parse(json); }

    void stringifyValue(napi_value value) {
        if (!testEngine().pending()) stringify(value);
    }

    void readBytes(napi_value value) {
        napi_typedarray_type type;
        size_t length = 0, offset;
        void* data = nullptr;
        napi_value buffer;
        if (napi_get_typedarray_info(env_, value, &type, &length, &data, &buffer, &offset) == napi_ok && length > 0) {
            auto* bytes = static_cast<uint8_t*>(data);
            bytes[0] = static_cast<uint8_t>(bytes[length - 1] + 1);
            keep(buffer);
        }
        if (napi_get_arraybuffer_info(env_, value, &data, &length) == napi_ok && length > 0) static_cast<uint8_t*>(data)[length - 1] = 1;
    }

    void readString(napi_value value) {
        char buffer[8];
        size_t size;
        napi_get_value_string_utf8(env_, value, nullptr, 0, &size);
        napi_get_value_string_utf8(env_, value, buffer, below(sizeof buffer + 1), &size);
    }

    void readNumbers(napi_value value) {
        int32_t i;
        uint32_t u;
        int64_t l;
        double d;
        bool b;
        napi_valuetype type;
        napi_get_value_int32(env_, value, &i);
        napi_get_value_uint32(env_, value, &u);
        napi_get_value_int64(env_, value, &l);
        napi_get_value_double(env_, value, &d);
        napi_get_value_bool(env_, value, &b);
        napi_typeof(env_, value, &type);
        napi_get_array_length(env_, value, &u);
    }

    void scope() {
        napi_escapable_handle_scope opened;
        napi_value escaped = nullptr;
        napi_open_escapable_handle_scope(env_, &opened);
        std::vector<napi_value> outer = values_;
        for (int i = 0; i < 4; ++i) keep(fresh());
        napi_escape_handle(env_, opened, any(), &escaped);
        values_ = std::move(outer);
        napi_close_escapable_handle_scope(env_, opened);
        keep(escaped);
    }

    void external() {
        napi_value value = nullptr;
        void* data = std::malloc(8);
        ++wrapsAlive_;
        if (below(2) == 0)
            napi_create_external(env_, data, finalizer, nullptr, &value);
        else if (napi_create_external_buffer(env_, 8, data, finalizer, nullptr, &value) != napi_ok)
            finalizer(env_, data, nullptr);
        keep(value);
    }

    void promise() {
        napi_deferred deferred;
        napi_value value;
        napi_create_promise(env_, &deferred, &value);
        keep(value);
        // Settled with a fresh value: with itself or one that holds it, it would be a cycle.
        if (below(2) == 0)
            napi_resolve_deferred(env_, deferred, fresh());
        else if (deferreds_.size() < 10)
            deferreds_.push_back(deferred);
        else
            napi_reject_deferred(env_, deferred, fresh());
    }

    void asyncWork() {
        if (below(100) != 0) return;
        struct Work {
            napi_async_work handle;
        };
        auto* work = new Work();
        napi_create_async_work(
            env_, nullptr, nullptr, [](napi_env, void*) {},
            [](napi_env env, napi_status, void* data) {
                napi_delete_async_work(env, static_cast<Work*>(data)->handle);
                delete static_cast<Work*>(data);
            },
            work, &work->handle);
        napi_queue_async_work(env_, work->handle);
    }

public:
    static Fuzzer* theFuzzer;

private:
    napi_env env_ = testEnv();
    std::mt19937_64 random_;
    std::vector<napi_value> values_;
    std::vector<napi_ref> references_;
    std::vector<napi_deferred> deferreds_;
    uint64_t done_ = 0;
    int64_t wrapsAlive_ = 0;
    int depth_ = 0;
};

Fuzzer* Fuzzer::theFuzzer = nullptr;

} // namespace

int main(int count, char** arguments) {
    const uint64_t operations = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1000000;
    const uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
    Fuzzer fuzzer(seed);
    Fuzzer::theFuzzer = &fuzzer;
    while (fuzzer.done() < operations) fuzzer.round(200);
    fuzzer.finish();
    testEngine().stop();
    std::printf("%llu operations with seed %llu, no fault\n", static_cast<unsigned long long>(fuzzer.done()), static_cast<unsigned long long>(seed));
    return 0;
}
