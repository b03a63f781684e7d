#include "cli/interrupt.hpp"

#include <gtest/gtest.h>

using mend::cli::InterruptGuard;

TEST(Interrupt, NotesWhichSignalCame) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const InterruptGuard guard;
    EXPECT_EQ(guard.caught(), 0);
    raise(signal);
    EXPECT_EQ(guard.caught(), signal);
  }
}

TEST(Interrupt, EndsWithTheSecondOrWithoutAGuard) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";  // by running the program anew
  EXPECT_EXIT(
      {
        const InterruptGuard guard;
        raise(SIGINT);
        raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
  { const InterruptGuard guard; }
  EXPECT_EXIT(raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

TEST(Interrupt, LeavesSignalsThatAreIgnoredAlone) {
  signal(SIGINT, SIG_IGN);
  {
    const InterruptGuard guard;
    raise(SIGINT);
    EXPECT_EQ(guard.caught(), 0);
  }
  signal(SIGINT, SIG_DFL);
}
