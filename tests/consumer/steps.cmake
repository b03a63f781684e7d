# What both ways have in common. Given: source, work, compiler, launcher (a list, may be empty).
set(project ${CMAKE_CURRENT_LIST_DIR}/project)
set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${launcher}")
file(REMOVE_RECURSE ${work})

# try(COMMAND...): leaves what the command wrote in `output` and `errors`, and how it ended in `status`.
macro(try)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE errors)
endmacro()

# run(COMMAND...): fails with what the command wrote when it fails; else leaves it in `output`.
macro(run)
  try(${ARGV})
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\nfailed (${status}):\n${output}${errors}")
  endif()
endmacro()

# configure(FOLDER BUILD OPTIONS...): a Release build with this compiler; not optimised, as only its parts are tested.
macro(configure folder build)
  run(${CMAKE_COMMAND} -S ${folder} -B ${build} -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O0
    -DCMAKE_CXX_COMPILER=${compiler} -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON ${ARGN})   # as it is in a folder of others
endmacro()

# configure_and_build(FOLDER BUILD OPTIONS...): six files of the library at a time, which takes a third of the time, or
# one at a time where two of the six have helpers of the same name.
macro(configure_and_build folder build)
  configure(${folder} ${build} ${ARGN} -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=6)
  try(${CMAKE_COMMAND} --build ${build})
  if(NOT status EQUAL 0)
    message(STATUS "Not to be compiled six files at a time, so one at a time:\n${output}")
    run(${CMAKE_COMMAND} ${build} -DCMAKE_UNITY_BUILD=OFF)
    run(${CMAKE_COMMAND} --build ${build})
  endif()
endmacro()

# expect_trained(BUILD): the consumer runs and has learnt.
macro(expect_trained build)
  run(${build}/consumer)
  if(NOT output MATCHES "^loss [0-9.e-]+\n$")
    message(FATAL_ERROR "The consumer should print its loss, but printed: ${output}")
  endif()
  message(STATUS "consumer: ${output}")
endmacro()
