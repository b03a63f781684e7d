#pragma once

namespace mend {

/// How the calling thread's processor rounds and whether it flushes denormals: its control register.
class FloatingPointMode {
 public:
  /// The calling thread's.
  static FloatingPointMode current();
  /// Makes it the calling thread's.
  void apply() const;
  /// The same with numbers below 1.2e-38 (float) taken as zero, where the processor can.
  FloatingPointMode flushing_denormals() const;
  /// Equal when both compute alike.
  friend bool operator==(FloatingPointMode a, FloatingPointMode b) = default;

 private:
  explicit FloatingPointMode(unsigned bits) : bits_(bits) {}
  unsigned bits_;
};

/// Flushes denormals to zero for as long as it lives, in this thread and in the threads of its products.
///
/// Saturated sigmoids and Adam's second moments fill with numbers so small that many processors handle each
/// in microcode: training was 1.7 times slower with them on one, hardly on another (docs/speed.md), and no better.
class FlushDenormals {
 public:
  FlushDenormals() : before_(FloatingPointMode::current()) { before_.flushing_denormals().apply(); }
  ~FlushDenormals() { before_.apply(); }
  FlushDenormals(const FlushDenormals&) = delete;             ///< One scope, one guard.
  FlushDenormals& operator=(const FlushDenormals&) = delete;  ///< One scope, one guard.

 private:
  FloatingPointMode before_;
};

}  // namespace mend
