# What both ways have in common. Given: source, work, compiler, launcher (may be empty).
set(project ${CMAKE_CURRENT_LIST_DIR}/project)
file(REMOVE_RECURSE ${work})

# run(COMMAND...): fails with what the command wrote when it fails; else leaves it in `output`.
macro(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\nfailed (${status}):\n${output}${errors}")
  endif()
endmacro()

# configure(FOLDER BUILD OPTIONS...): a Release build with this compiler; not optimised, as only its parts are tested.
macro(configure folder build)
  run(${CMAKE_COMMAND} -S ${folder} -B ${build} -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O0
    -DCMAKE_CXX_COMPILER=${compiler} -DCMAKE_CXX_COMPILER_LAUNCHER=${launcher} ${ARGN})
endmacro()

# expect_trained(BUILD): the consumer runs and has learnt.
macro(expect_trained build)
  run(${build}/consumer)
  if(NOT output MATCHES "^loss [0-9.e-]+\n$")
    message(FATAL_ERROR "The consumer should print its loss, but printed: ${output}")
  endif()
  message(STATUS "consumer: ${output}")
endmacro()
