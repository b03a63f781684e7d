# Installs the library as a package, for any processor, and builds somebody else's project with it.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

# Built where add_subdirectory.cmake has it, too: a compiler cache then knows the files of six.
configure_and_build(${source} ${work}/build/mend -DMEND_NATIVE=OFF -DMEND_PROGRAMS=OFF -DMEND_TESTS=OFF)
run(${CMAKE_COMMAND} --install ${work}/build/mend --prefix ${work}/prefix)

configure(${project} ${work}/consumer -DCMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/consumer)
expect_trained(${work}/consumer)

# A user needs the installed headers and the standard library, nothing of what the library is built with.
run(ninja -C ${work}/consumer -t deps CMakeFiles/consumer.dir/main.cpp.o)
if(NOT output MATCHES "/prefix/include/mend/layers/dense\\.hpp")
  message(FATAL_ERROR "The consumer did not include the installed <mend/layers/dense.hpp>")
endif()
if(output MATCHES "[^ \n]*/(lib/mend/|xtensor|xtl/|xsimd|nlohmann|png\\.h)[^\n]*")
  message(FATAL_ERROR "The consumer should not need ${CMAKE_MATCH_0}")
endif()
