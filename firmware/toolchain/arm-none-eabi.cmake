# Debian's bare-metal GCC for a Cortex-M4. No heap: nothing gives newlib an _sbrk, and libstdc++ is not
# linked, so that a reference to malloc or operator new ends the link.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR cortex-m4)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(target "-mcpu=cortex-m4 -mthumb -mfloat-abi=soft")
set(sections "-ffunction-sections -fdata-sections")
set(CMAKE_C_FLAGS_INIT "${target} -ffreestanding ${sections}")
set(CMAKE_CXX_FLAGS_INIT
    "${target} -ffreestanding ${sections} -fno-exceptions -fno-rtti -fno-threadsafe-statics")
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "${target} -nostdlib -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments")
# newlib for memcpy and its like alone.
set(CMAKE_C_STANDARD_LIBRARIES_INIT "-lc_nano -lgcc")
set(CMAKE_CXX_STANDARD_LIBRARIES_INIT "-lc_nano -lgcc")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
