# mbedTLS for a terminal, from Debian's source with our configuration.
set(SSCARD_MBEDTLS_SOURCE "${CMAKE_BINARY_DIR}/mbedtls" CACHE PATH
    "source of mbedTLS 2.28; it is fetched when it is not there")
execute_process(
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/mbedtls-source ${SSCARD_MBEDTLS_SOURCE}
    RESULT_VARIABLE mbedtls_result)
if(NOT mbedtls_result EQUAL 0)
    message(FATAL_ERROR "No source of mbedTLS 2.28: give one with SSCARD_MBEDTLS_SOURCE")
endif()

set(mbedtls_files aes asn1parse asn1write bignum constant_time ctr_drbg ecdsa ecp ecp_curves
    memory_buffer_alloc platform platform_util sha256)
list(TRANSFORM mbedtls_files PREPEND ${SSCARD_MBEDTLS_SOURCE}/library/)
list(TRANSFORM mbedtls_files APPEND .c)
add_library(mbedcrypto_firmware STATIC ${mbedtls_files})
target_include_directories(mbedcrypto_firmware SYSTEM PUBLIC ${SSCARD_MBEDTLS_SOURCE}/include)
target_compile_definitions(mbedcrypto_firmware PUBLIC
    MBEDTLS_CONFIG_FILE="${CMAKE_CURRENT_LIST_DIR}/mbedtls_config.h")
# Theirs, not ours to mend.
target_compile_options(mbedcrypto_firmware PRIVATE -w)
set(SSCARD_MBEDCRYPTO mbedcrypto_firmware)
