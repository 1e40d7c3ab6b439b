# pulse_room(NAME MAY_USE targets… [PRIVATE targets…] [EXCLUDE patterns…])
#
# One room = one static library pulse_NAME made of every .cpp below the room's folder, so that adding a file, or a
# platform's folder, needs no edit here. MAY_USE is the room's "may use" column of the design; tests/structure reads the
# #includes and fails on one that goes another way.
set(PULSE_COMPILE_OPTIONS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough -Wswitch
  -Wno-stringop-overflow)  # g++ 12 sees overflows in std::string's own code when it inlines at -O3 (GCC bug 105329)
if(PULSE_WARNINGS_AS_ERRORS AND NOT PULSE_SANITIZE)  # the sanitizers' clang warns of other things than the release's g++
  list(APPEND PULSE_COMPILE_OPTIONS -Werror)
endif()
if(PULSE_SANITIZE)
  add_compile_options(-fsanitize=${PULSE_SANITIZE} -fno-omit-frame-pointer -Wno-unknown-warning-option)
  add_link_options(-fsanitize=${PULSE_SANITIZE})
  # null: CAF 0.17 binds a null reference on purpose (caf/detail/init_fun_factory.hpp).
  # function: Debian's libraries are made by g++, whose functions have no type that clang's check could read.
  # vptr: the same for their classes.
  if(PULSE_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=null,function,vptr -fno-sanitize-recover=undefined)
  endif()
  # clang's check of calls through pointers needs type information that C libraries do not have.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options(-fno-sanitize=function -Wno-unknown-warning-option)
    add_link_options(-fno-sanitize=function)
  endif()
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without these two, ccache refuses every file that uses a precompiled header, which here is nearly every file.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# A unity build: up to eight files of a target are compiled as one. Their headers are parsed once, and what templates
# they share is made once, which took half the CPU time for groups of eight. Who changes one file would compile eight,
# so it is for CI and the sanitizers' presets. unity_groups.py says which files can be put together, and is asked again
# when one of them changed.
if(PULSE_UNITY)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  # A variable may be named as another file's function is.
  list(REMOVE_ITEM PULSE_COMPILE_OPTIONS -Wshadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # To the second g++ believes that what an unnamed namespace holds is a header's, because the file is included.
    list(APPEND PULSE_COMPILE_OPTIONS -Wshadow=local -Wno-subobject-linkage)
  endif()
endif()

function(pulse_unite target)
  get_target_property(unites ${target} UNITY_BUILD)
  if(unites STREQUAL "OFF")
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "^/.*\\.cpp$")
  set(existing)
  foreach(source IN LISTS sources)
    if(EXISTS ${source})
      list(APPEND existing ${source})
    endif()
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${existing} ${CMAKE_SOURCE_DIR}/cmake/unity_groups.py)
  execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/unity_groups.py 8 ${existing}
    OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" lines "${lines}")
  foreach(number_and_file IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) (.*)$" matched "${number_and_file}")
    set_source_files_properties(${CMAKE_MATCH_2} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

function(pulse_target_defaults target)
  if(CMAKE_DISABLE_PRECOMPILE_HEADERS)  # the preset lint: what a file finds precompiled it must find there, too
    target_compile_options(${target} PRIVATE "SHELL:-include ${CMAKE_SOURCE_DIR}/base/precompiled.hpp")
  endif()
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${target} PRIVATE ${PULSE_COMPILE_OPTIONS})
  if(PULSE_UNITY)
    cmake_language(EVAL CODE "cmake_language(DEFER CALL pulse_unite ${target})")  # when it has all its sources
  endif()
endfunction()

function(pulse_room name)
  cmake_parse_arguments(ROOM "" "" "MAY_USE;PRIVATE;EXCLUDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(pattern IN LISTS ROOM_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  add_library(pulse_${name} STATIC ${sources})
  pulse_target_defaults(pulse_${name})
  target_link_libraries(pulse_${name} PUBLIC ${ROOM_MAY_USE} PRIVATE ${ROOM_PRIVATE})
endfunction()
