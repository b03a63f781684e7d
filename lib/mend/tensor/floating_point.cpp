#include "mend/tensor/floating_point.hpp"

#if defined(__SSE__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace mend {

#if defined(__SSE__)
// The register also holds flags of what has happened (inexact, overflow, ...): no part of the mode, left
// alone.
FloatingPointMode FloatingPointMode::current() { return FloatingPointMode(_mm_getcsr() & ~_MM_EXCEPT_MASK); }
void FloatingPointMode::apply() const { _mm_setcsr((_mm_getcsr() & _MM_EXCEPT_MASK) | bits_); }
FloatingPointMode FloatingPointMode::flushing_denormals() const {
  return FloatingPointMode(bits_ | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
}
#else  // slower near zero, the same results but for denormals
FloatingPointMode FloatingPointMode::current() { return FloatingPointMode(0); }
void FloatingPointMode::apply() const {}
FloatingPointMode FloatingPointMode::flushing_denormals() const { return *this; }
#endif

}  // namespace mend
