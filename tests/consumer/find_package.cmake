# Installs the library as a package, for any processor, and builds somebody else's project with it.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

configure(${source} ${work}/package -DMEND_NATIVE=OFF -DMEND_PROGRAMS=OFF -DMEND_TESTS=OFF)
run(${CMAKE_COMMAND} --build ${work}/package)
run(${CMAKE_COMMAND} --install ${work}/package --prefix ${work}/prefix)

configure(${project} ${work}/build -DCMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/build)
expect_trained(${work}/build)

# A user needs the installed headers and the standard library, nothing of what the library is built with.
run(ninja -C ${work}/build -t deps CMakeFiles/consumer.dir/main.cpp.o)
if(NOT output MATCHES "/prefix/include/mend/layers/dense\\.hpp")
  message(FATAL_ERROR "The consumer did not include the installed <mend/layers/dense.hpp>")
endif()
if(output MATCHES "[^ \n]*/(lib/mend/|xtensor|xtl/|xsimd|nlohmann|png\\.h)[^\n]*")
  message(FATAL_ERROR "The consumer should not need ${CMAKE_MATCH_0}")
endif()
