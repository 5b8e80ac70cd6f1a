// What simdjson alone can do: takes the ids of the rows of a page of `_all_docs`, whole in memory, again and again.
//
//     bench-bare-json whole|on-demand FILE TIMES
//
// Prints how many rows there were and how many bytes of ids, as bench-records does. `whole` checks all of the page, as
// pkgmine must; `on-demand` passes over what nobody asks for.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

static size_t rows = 0, bytes = 0;

static void take(std::string_view id) {
    rows++;
    bytes += id.size();
}

static void read_whole(const simdjson::padded_string &page) {
    simdjson::dom::parser parser;
    for (auto row : parser.parse(page)["rows"].get_array()) { take(row["id"]); }
}

static void read_on_demand(const simdjson::padded_string &page) {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document = parser.iterate(page);
    for (auto row : document["rows"].get_array()) { take(row["id"]); }
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: bench-bare-json whole|on-demand FILE TIMES\n");
        return 64;
    }
    const auto read = std::string(arguments[1]) == "whole" ? read_whole : read_on_demand;
    for (int time = 0; time < atoi(arguments[3]); time++) { read(simdjson::padded_string::load(arguments[2])); }
    printf("%zu records, %zu bytes\n", rows, bytes);
}
