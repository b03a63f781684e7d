# Builds somebody else's project with the library as a folder of it.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

configure_and_build(${project} ${work}/build -DMEND_FOLDER=${source})

# As a guest, the library brings nothing of its own along and is compiled for any processor.
file(STRINGS ${work}/build/CMakeCache.txt options REGEX "^MEND_[A-Z_]+:BOOL=")
list(LENGTH options number)
if(number EQUAL 0)
  message(FATAL_ERROR "The library has no options in the consumer's cache; have their names changed?")
endif()
list(FILTER options EXCLUDE REGEX "=OFF$")
if(options)
  message(FATAL_ERROR "In somebody else's project these options should be OFF: ${options}")
endif()

expect_trained(${work}/build)
