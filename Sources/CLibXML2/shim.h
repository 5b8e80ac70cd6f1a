// libxml2's headers would bring in ICU's, of which Foundation has another copy: the two cannot be in one program's
// modules. Nothing here uses the fields that they are needed for.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/HTMLparser.h>
