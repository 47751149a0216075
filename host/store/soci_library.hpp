#pragma once

// SOCI as host/store uses it. Debian's is built with Boost, whose headers SOCI then wants for a way
// of binding values that we do not use; without this line every build needs them. It is costly to
// compile: included by few sources and by no other header.
#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#include <soci/soci.h>
