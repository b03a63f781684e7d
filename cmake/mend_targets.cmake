# What is common to all targets of the project: the language, the warnings, the processor.
include(GNUInstallDirs)

# ccache learns from the compiler which headers it has read, which saves it from preprocessing each file beforehand;
# and it takes a precompiled header for what it is, as it does only when told to.
find_program(MEND_CCACHE ccache)
if(MEND_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${MEND_CCACHE})
endif()

# mend_options(TARGET): the project's own rules for a target, private to it.
function(mend_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow
    $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion>)   # which g++ leaves out of -Wconversion: sizes are written 3, not 3u
  if(MEND_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
