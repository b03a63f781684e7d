#include "cli/interrupt.hpp"

namespace mend::cli {
namespace {

volatile sig_atomic_t caught_signal = 0;

extern "C" void note(int signal) { caught_signal = signal; }

}  // namespace

InterruptGuard::InterruptGuard() {
  caught_signal = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | SA_RESETHAND;  // files are written to their end; the next one is not held up
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_int_);
  sigaction(SIGTERM, &action, &old_term_);
  // Whoever starts a program in the background or under nohup has signals ignored on purpose.
  if (old_int_.sa_handler == SIG_IGN) sigaction(SIGINT, &old_int_, nullptr);
  if (old_term_.sa_handler == SIG_IGN) sigaction(SIGTERM, &old_term_, nullptr);
}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &old_int_, nullptr);
  sigaction(SIGTERM, &old_term_, nullptr);
}

int InterruptGuard::caught() const { return caught_signal; }

}  // namespace mend::cli
