#include "test_engine.h"
#include "values/json.h"
#include <gtest/gtest.h>

using namespace itwin;

namespace {

class JsonTest : public testing::Test {
protected:
    HandleScope scope_{testEngine().handles()};
    void TearDown() override { testEngine().takeException(); }
};

TEST_F(JsonTest, Parse_keepsTheTextOfWhatIsNotLookedInto) {
    EXPECT_EQ(stringify(parse(R"({"a": 1.0, "b": [ 1e2 ]})")), R"({"a": 1.0, "b": [ 1e2 ]})");
}

TEST_F(JsonTest, Parse_materialisesOneLevel_whenLookedInto) {
    napi_value object = parse(R"({"a":1.50,"b":{"c": [1.0]}})"), a;
    napi_get_named_property(testEnv(), object, "a", &a);
    EXPECT_EQ(valueOf(a).asNumber(), 1.5);
    EXPECT_EQ(stringify(object), R"({"a":1.5,"b":{"c": [1.0]}})");
}

TEST_F(JsonTest, Parse_takesTheLastOfEqualKeys) {
    napi_value object = parse(R"({"a":1,"b":2,"a":3})"), a;
    napi_get_named_property(testEnv(), object, "a", &a);
    EXPECT_EQ(valueOf(a).asNumber(), 3);
    EXPECT_EQ(stringify(object), R"({"a":3,"b":2})");
}

TEST_F(JsonTest, Parse_readsEscapes) {
    const napi_value text = parse(R"("\u00e9\ud83d\ude00\n\ud800\"")");
    EXPECT_EQ(valueOf(text).asString().view(), "\u00e9\U0001F600\n\uFFFD\"");
}

TEST_F(JsonTest, Parse_refusesWhatIsNoJson) {
    for (const char* text : {"", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "01", "1.", "-", "\"\t\"", "\"\\x\"", "nul", "1 2", "[1}", "{\"a\":1,}", "\"\\u12g4\""}) {
        EXPECT_EQ(parse(text), nullptr) << text;
        EXPECT_TRUE(testEngine().pending()) << text;
        testEngine().takeException();
    }
}

TEST_F(JsonTest, Parse_refusesTooDeep) {
    const std::string deep = std::string(maximumJsonDepth + 1, '[') + std::string(maximumJsonDepth + 1, ']');
    EXPECT_TRUE(validateJson(deep).has_value());
    EXPECT_FALSE(validateJson(std::string(maximumJsonDepth, '[') + std::string(maximumJsonDepth, ']')).has_value());
}

TEST_F(JsonTest, Stringify_ordersIndicesFirst) {
    napi_env env = testEnv();
    napi_value object, one;
    napi_create_object(env, &object);
    napi_create_double(env, 1, &one);
    for (const char* key : {"b", "10", "a", "2", "01"}) napi_set_named_property(env, object, key, one);
    EXPECT_EQ(stringify(object), R"({"2":1,"10":1,"b":1,"a":1,"01":1})");
}

TEST_F(JsonTest, Stringify_leavesOutUndefinedAndFunctions) {
    napi_env env = testEnv();
    napi_value object, array, undefined, function;
    napi_create_object(env, &object);
    napi_create_array_with_length(env, 2, &array);
    napi_get_undefined(env, &undefined);
    napi_create_function(env, "f", NAPI_AUTO_LENGTH, [](napi_env, napi_callback_info) -> napi_value { return nullptr; }, nullptr, &function);
    napi_set_named_property(env, object, "u", undefined);
    napi_set_named_property(env, object, "f", function);
    napi_set_named_property(env, object, "a", array);
    EXPECT_EQ(stringify(object), R"({"a":[null,null]})");
}

TEST_F(JsonTest, Stringify_callsToJson) {
    napi_env env = testEnv();
    napi_value object, holder, function;
    napi_create_object(env, &object);
    napi_create_object(env, &holder);
    const auto toJson = [](napi_env e, napi_callback_info) -> napi_value {
        napi_value text;
        napi_create_string_utf8(e, "shown", NAPI_AUTO_LENGTH, &text);
        return text;
    };
    napi_create_function(env, "toJSON", NAPI_AUTO_LENGTH, toJson, nullptr, &function);
    napi_set_named_property(env, object, "toJSON", function);
    napi_set_named_property(env, holder, "it", object);
    EXPECT_EQ(stringify(holder), R"({"it":"shown"})");
}

TEST_F(JsonTest, Stringify_refusesCycles) {
    napi_env env = testEnv();
    napi_value object, undefined;
    napi_create_object(env, &object);
    napi_set_named_property(env, object, "self", object);
    EXPECT_EQ(stringify(object), "(none)");
    EXPECT_TRUE(testEngine().pending());
    testEngine().takeException();
    napi_get_undefined(env, &undefined);
    napi_set_named_property(env, object, "self", undefined); // or the cycle would never be freed
}

TEST_F(JsonTest, InvalidUtf8_becomesReplacementCharacters) {
    napi_value text;
    // A lone continuation, an overlong form, a surrogate, a cut sequence, a lead beyond U+10FFFF.
    const std::string bytes = "a\x80"
                              "b\xC0\xAF"
                              "c\xED\xA0\x80"
                              "d\xE2\x82"
                              "e\xF5";
    napi_create_string_utf8(testEnv(), bytes.data(), bytes.size(), &text);
    EXPECT_EQ(valueOf(text).asString().view(), "a\uFFFDb\uFFFD\uFFFDc\uFFFD\uFFFD\uFFFDd\uFFFDe\uFFFD");
}

} // namespace
