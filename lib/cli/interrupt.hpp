#pragma once

#include <signal.h>

namespace mend::cli {

/// While it lives, SIGINT (Ctrl-C) and SIGTERM are noted instead of ending the program, so that it can end in good order.
/// The second of the same kind ends it all the same. One at a time.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;             ///< One process, one guard.
  InterruptGuard& operator=(const InterruptGuard&) = delete;  ///< One process, one guard.

  /// The signal that came, SIGINT or SIGTERM; 0 for none.
  int caught() const;

 private:
  struct sigaction old_int_, old_term_;
};

}  // namespace mend::cli
