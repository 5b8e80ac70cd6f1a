// simdjson is C++ and is included by CRegistryJSON alone; this target finds and links the library.
