#include "test_engine.h"
#include "values/json.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace itwin;

namespace {

/// As ECMAScript's Number::toString, checked against Node.
TEST(NumberText, Matches_ecmaScript) {
    const std::pair<double, const char*> cases[] = {{0, "0"},
                                                    {-0.0, "0"},
                                                    {1, "1"},
                                                    {-1.5, "-1.5"},
                                                    {0.1, "0.1"},
                                                    {1e21, "1e+21"},
                                                    {123456789012345680000.0, "123456789012345680000"},
                                                    {1e-6, "0.000001"},
                                                    {1e-7, "1e-7"},
                                                    {1.5e-9, "1.5e-9"},
                                                    {9007199254740993.0, "9007199254740992"},
                                                    {1.7976931348623157e308, "1.7976931348623157e+308"},
                                                    {5e-324, "5e-324"},
                                                    {-123.456, "-123.456"},
                                                    {4294967296.5, "4294967296.5"}};
    for (const auto& [number, text] : cases) EXPECT_EQ(numberText(number), text);
    EXPECT_EQ(numberText(std::nan("")), "NaN");
    EXPECT_EQ(numberText(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(Coercion, ToNumber_readsAsJavaScript) {
    const HandleScope scope(testEngine().handles());
    const auto number = [](const char* text) {
        napi_value string, result;
        napi_create_string_utf8(testEnv(), text, NAPI_AUTO_LENGTH, &string);
        napi_coerce_to_number(testEnv(), string, &result);
        return valueOf(result).asNumber();
    };
    EXPECT_EQ(number(" 12.5e1 "), 125);
    EXPECT_EQ(number(""), 0);
    EXPECT_EQ(number("-.5"), -0.5);
    EXPECT_EQ(number("-Infinity"), -std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(number("12px")));
    EXPECT_TRUE(std::isnan(number("inf")));
    EXPECT_TRUE(std::isnan(number("--1")));
}

TEST(Integers, AreConvertedAsNapiDocuments) {
    const HandleScope scope(testEngine().handles());
    const auto check = [](double number, int32_t as32, uint32_t asUnsigned, int64_t as64) {
        napi_value value;
        int32_t i;
        uint32_t u;
        int64_t l;
        napi_create_double(testEnv(), number, &value);
        napi_get_value_int32(testEnv(), value, &i);
        napi_get_value_uint32(testEnv(), value, &u);
        napi_get_value_int64(testEnv(), value, &l);
        EXPECT_EQ(i, as32) << number;
        EXPECT_EQ(u, asUnsigned) << number;
        EXPECT_EQ(l, as64) << number;
    };
    check(-1, -1, 4294967295U, -1);
    check(4294967297.0, 1, 1, 4294967297);
    check(3.99, 3, 3, 3);
    check(std::nan(""), 0, 0, 0);
    check(std::numeric_limits<double>::infinity(), 0, 0, 0);
    check(1e300, 0, 0, std::numeric_limits<int64_t>::max());
    check(-1e300, 0, 0, std::numeric_limits<int64_t>::min());
}

} // namespace
