# cmake -D program=P -D runs=DIR -D "arguments=--quick;--data;strokes" [-D only_if_older=ON] -P run_tutorial.cmake
#
# Runs a tutorial from the project's folder. Leaves in DIR: NAME.txt, what it printed; NAME/, what it drew; NAME.seconds,
# how long it took. Fails when the program does, and then leaves no NAME.txt. With only_if_older nothing happens when
# NAME.txt is newer than the program.
cmake_path(GET program STEM name)
if(only_if_older AND EXISTS ${runs}/${name}.seconds AND ${runs}/${name}.txt IS_NEWER_THAN ${program})
  return()
endif()
file(REMOVE_RECURSE ${runs}/${name} ${runs}/${name}.txt)
file(MAKE_DIRECTORY ${runs}/${name})
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH root)
file(RELATIVE_PATH shown_runs ${root} ${runs})   # programs print where their figures are

string(TIMESTAMP begin "%s%f")
execute_process(COMMAND ${program} ${arguments} --out ${shown_runs}/${name} WORKING_DIRECTORY ${root}
  OUTPUT_FILE ${runs}/${name}.part RESULT_VARIABLE status ECHO_ERROR_VARIABLE ERROR_VARIABLE complaint)
string(TIMESTAMP end "%s%f")
if(NOT status EQUAL 0)
  file(READ ${runs}/${name}.part printed)
  message(FATAL_ERROR "${printed}\n${program} ended with ${status}")
endif()

math(EXPR milliseconds "(${end} - ${begin}) / 1000")
math(EXPR seconds "${milliseconds} / 1000")
math(EXPR rest "${milliseconds} % 1000 + 1000")
string(SUBSTRING ${rest} 1 3 rest)
file(WRITE ${runs}/${name}.seconds "${seconds}.${rest}\n")
file(REMOVE_RECURSE ${runs}/${name}/measured)   # networks that nobody reads on a page
file(RENAME ${runs}/${name}.part ${runs}/${name}.txt)
