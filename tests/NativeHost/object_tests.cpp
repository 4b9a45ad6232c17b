#include "test_engine.h"
#include <gtest/gtest.h>

using namespace itwin;

namespace {

class ObjectTest : public testing::Test {
protected:
    napi_value number(double value) {
        napi_value result;
        napi_create_double(env_, value, &result);
        return result;
    }
    double get(napi_value object, const char* name) {
        napi_value result;
        napi_get_named_property(env_, object, name, &result);
        return valueOf(result).isNumber() ? valueOf(result).asNumber() : -1;
    }
    void TearDown() override { testEngine().takeException(); }

    HandleScope scope_{testEngine().handles()};
    napi_env env_ = testEnv();
};

TEST_F(ObjectTest, Properties_areFound_amongFewAndMany) {
    napi_value object;
    napi_create_object(env_, &object);
    for (int i = 0; i < 1000; ++i) napi_set_named_property(env_, object, ("p" + std::to_string(i)).c_str(), number(i));
    for (int i = 0; i < 1000; i += 2) {
        napi_value key;
        bool deleted = false;
        napi_create_string_utf8(env_, ("p" + std::to_string(i)).c_str(), NAPI_AUTO_LENGTH, &key);
        napi_delete_property(env_, object, key, &deleted);
        EXPECT_TRUE(deleted);
    }
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(get(object, ("p" + std::to_string(i)).c_str()), i % 2 ? i : -1);
}

TEST_F(ObjectTest, Array_splice_removesAndInserts) {
    napi_value array = parse("[0,1,2,3]"), splice;
    napi_get_named_property(env_, array, "splice", &splice);
    const napi_value arguments[] = {number(1), number(2), number(9)};
    napi_value removed;
    ASSERT_EQ(napi_call_function(env_, array, splice, 3, arguments, &removed), napi_ok);
    EXPECT_EQ(stringify(array), "[0,9,3]");
    EXPECT_EQ(stringify(removed), "[1,2]");
}

TEST_F(ObjectTest, Array_refusesAWildLength) {
    napi_value array;
    napi_create_array(env_, &array);
    EXPECT_EQ(napi_set_element(env_, array, 4000000000U, number(1)), napi_pending_exception);
    testEngine().takeException();
    EXPECT_EQ(napi_create_array_with_length(env_, size_t{1} << 40, &array), napi_invalid_arg);
}

napi_value construct(napi_env env, napi_callback_info info) {
    napi_value self, target;
    napi_get_cb_info(env, info, nullptr, nullptr, &self, nullptr);
    napi_get_new_target(env, info, &target);
    napi_value made;
    napi_get_boolean(env, target != nullptr, &made);
    napi_set_named_property(env, self, "made", made);
    return self;
}

TEST_F(ObjectTest, Class_hasAccessorsMethodsAndStatics) {
    static double stored = 0;
    const napi_property_descriptor properties[] = {
        {"value", nullptr, nullptr,
         [](napi_env env, napi_callback_info) {
             napi_value result;
             napi_create_double(env, stored, &result);
             return result;
         },
         [](napi_env env, napi_callback_info info) -> napi_value {
             size_t count = 1;
             napi_value argument;
             napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
             napi_get_value_double(env, argument, &stored);
             return nullptr;
         },
         nullptr, napi_default, nullptr},
        {"seven", nullptr, nullptr, nullptr, nullptr, number(7), napi_static, nullptr},
    };
    napi_value type, instance, names;
    ASSERT_EQ(napi_define_class(env_, "T", NAPI_AUTO_LENGTH, construct, nullptr, 2, properties, &type), napi_ok);
    ASSERT_EQ(napi_new_instance(env_, type, 0, nullptr, &instance), napi_ok);
    napi_set_named_property(env_, instance, "value", number(42));
    EXPECT_EQ(stored, 42);
    EXPECT_EQ(get(instance, "value"), 42);
    EXPECT_EQ(get(type, "seven"), 7);
    bool is = false;
    napi_instanceof(env_, instance, type, &is);
    EXPECT_TRUE(is);
    napi_get_property_names(env_, instance, &names);
    EXPECT_EQ(stringify(names), R"(["made"])");
}

TEST_F(ObjectTest, CppException_becomesAnError) {
    napi_value function, result;
    const auto thrower = [](napi_env, napi_callback_info) -> napi_value { throw std::runtime_error("broken"); };
    napi_create_function(env_, "f", NAPI_AUTO_LENGTH, thrower, nullptr, &function);
    EXPECT_EQ(napi_call_function(env_, nullptr, function, 0, nullptr, &result), napi_pending_exception);
    napi_value error, message;
    napi_get_and_clear_last_exception(env_, &error);
    napi_get_named_property(env_, error, "message", &message);
    EXPECT_EQ(valueOf(message).asString().view(), "broken");
}

TEST_F(ObjectTest, TypedArray_refusesWhatIsOutsideItsBuffer) {
    napi_value buffer, array;
    void* data;
    napi_create_arraybuffer(env_, 16, &data, &buffer);
    EXPECT_EQ(napi_create_typedarray(env_, napi_float64_array, 3, buffer, 0, &array), napi_pending_exception);
    testEngine().takeException();
    EXPECT_EQ(napi_create_typedarray(env_, napi_float64_array, 1, buffer, 4, &array), napi_pending_exception);
    testEngine().takeException();
    EXPECT_EQ(napi_create_typedarray(env_, napi_float64_array, SIZE_MAX, buffer, 8, &array), napi_pending_exception);
    testEngine().takeException();
    EXPECT_EQ(napi_create_typedarray(env_, napi_float64_array, 1, buffer, 8, &array), napi_ok);
}

TEST_F(ObjectTest, String_isCutAtACharacter) {
    napi_value text;
    char buffer[4];
    size_t count;
    napi_create_string_utf8(env_, "ab\u20AC", NAPI_AUTO_LENGTH, &text);
    napi_get_value_string_utf8(env_, text, buffer, sizeof buffer, &count);
    EXPECT_EQ(std::string(buffer, count), "ab");
}

} // namespace
