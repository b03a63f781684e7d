#pragma once

#include <gtest/gtest.h>

#include <string>
#include <typeinfo>

/// The text of the exception that `action` throws, which has to be exactly an E; for errors whose words are
/// promised.
template <class E, class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const E& error) {
    EXPECT_EQ(typeid(error), typeid(E)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}
