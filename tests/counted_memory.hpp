#pragma once

#include <cstddef>

// Counts what a program asks of the system's memory: every malloc and its kin, those of operator new and of OpenBLAS
// included. A program that includes this is linked with counted_memory.cpp.
namespace mend::test {

/// Whether anything is counted here: not where malloc is neither glibc's own nor a sanitizer's that tells.
bool counts_memory();

/// How often memory was asked for since the program began.
std::size_t allocations();

/// From here on most_memory counts anew.
void begin_measuring();
/// The most bytes that were in use at a time since then, beyond those in use at the beginning.
std::size_t most_memory();

}  // namespace mend::test
