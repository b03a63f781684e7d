#pragma once

// Which sanitizer the program is built with, if any: g++ says so by a macro, clang++ by a feature.
#if defined(__SANITIZE_ADDRESS__)
#define MEND_SANITIZES_ADDRESSES 1
#elif defined(__SANITIZE_THREAD__)
#define MEND_SANITIZES_THREADS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEND_SANITIZES_ADDRESSES 1
#elif __has_feature(thread_sanitizer)
#define MEND_SANITIZES_THREADS 1
#endif
#endif
