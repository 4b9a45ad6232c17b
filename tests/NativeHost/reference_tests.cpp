#include "test_engine.h"
#include <gtest/gtest.h>

using namespace itwin;

namespace {

int finalized = 0;
void countFinalizer(napi_env, void*, void*) { ++finalized; }

class ReferenceTest : public testing::Test {
protected:
    void SetUp() override { finalized = 0; }
    napi_env env_ = testEnv();
};

TEST_F(ReferenceTest, WeakReference_readsAsEmpty_onceTheObjectIsDead) {
    napi_ref reference = nullptr;
    testEngine().turn([&] {
        napi_value object, found;
        napi_create_object(env_, &object);
        napi_wrap(env_, object, &reference, countFinalizer, nullptr, &reference);
        napi_get_reference_value(env_, reference, &found);
        EXPECT_NE(found, nullptr);
    });
    EXPECT_EQ(finalized, 1);
    testEngine().turn([&] {
        napi_value found = reinterpret_cast<napi_value>(this);
        EXPECT_EQ(napi_get_reference_value(env_, reference, &found), napi_ok);
        EXPECT_EQ(found, nullptr);
        napi_delete_reference(env_, reference);
    });
}

TEST_F(ReferenceTest, StrongReference_keepsTheObject) {
    napi_ref reference = nullptr;
    testEngine().turn([&] {
        napi_value object;
        napi_create_object(env_, &object);
        napi_wrap(env_, object, this, countFinalizer, nullptr, nullptr);
        napi_create_reference(env_, object, 1, &reference);
    });
    EXPECT_EQ(finalized, 0);
    testEngine().turn([&] { napi_delete_reference(env_, reference); });
    EXPECT_EQ(finalized, 1);
}

TEST_F(ReferenceTest, RemovedWrap_isNotFinalized) {
    testEngine().turn([&] {
        napi_value object;
        void* native = nullptr;
        napi_create_object(env_, &object);
        napi_wrap(env_, object, this, countFinalizer, nullptr, nullptr);
        EXPECT_EQ(napi_remove_wrap(env_, object, &native), napi_ok);
        EXPECT_EQ(native, this);
        EXPECT_EQ(napi_unwrap(env_, object, &native), napi_invalid_arg);
    });
    EXPECT_EQ(finalized, 0);
}

TEST_F(ReferenceTest, EscapedHandle_outlivesItsScope) {
    testEngine().turn([&] {
        napi_escapable_handle_scope scope;
        napi_value text, escaped;
        napi_open_escapable_handle_scope(env_, &scope);
        napi_create_string_utf8(env_, "kept", NAPI_AUTO_LENGTH, &text);
        napi_escape_handle(env_, scope, text, &escaped);
        napi_close_escapable_handle_scope(env_, scope);
        EXPECT_EQ(valueOf(escaped).asString().view(), "kept");
    });
}

TEST_F(ReferenceTest, DeepStructure_isFreedWithoutRecursion) {
    const uint64_t before = Cell::liveCount();
    testEngine().turn([&] {
        napi_value outer;
        napi_create_object(env_, &outer);
        for (int i = 0; i < 1000000; ++i) {
            const HandleScope scope(testEngine().handles());
            const Ref<Object> inner(new Object());
            inner->define("next", valueOf(outer));
            *const_cast<Value*>(&valueOf(outer)) = Value(inner);
        }
    });
    EXPECT_EQ(Cell::liveCount(), before);
}

} // namespace
