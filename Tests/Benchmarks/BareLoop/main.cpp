// What libcurl alone can do: fetches the URLs of a file, a line each, and drops the answers.
//
//     bench-bare-loop URL_FILE AT_ONCE [CA_FILE]
//
// One thread, one multi handle, easy handles used again; HTTP/2 with many requests on a connection where the server
// has it, as pkgmine asks. Prints how many answers were 200.
#include <curl/curl.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

static size_t drop(char *, size_t size, size_t count, void *) { return size * count; }

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: bench-bare-loop URL_FILE AT_ONCE [CA_FILE]\n");
        return 64;
    }
    std::vector<std::string> urls;
    std::ifstream file(arguments[1]);
    for (std::string line; std::getline(file, line);) { urls.push_back(line); }

    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    size_t next = 0, good = 0, ended = 0;
    const auto load = [&](CURL *easy) {
        curl_easy_setopt(easy, CURLOPT_URL, urls[next++].c_str());
        curl_multi_add_handle(multi, easy);
    };
    for (int handle = 0; handle < atoi(arguments[2]) && next < urls.size(); handle++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
        curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
        if (count > 3) { curl_easy_setopt(easy, CURLOPT_CAINFO, arguments[3]); }
        load(easy);
    }
    while (ended < urls.size()) {
        int running = 0, left = 0;
        curl_multi_perform(multi, &running);
        while (CURLMsg *message = curl_multi_info_read(multi, &left)) {
            CURL *easy = message->easy_handle;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            good += message->data.result == CURLE_OK && status == 200;
            ended++;
            curl_multi_remove_handle(multi, easy);
            if (next < urls.size()) { load(easy); }
        }
        if (ended < urls.size()) { curl_multi_poll(multi, nullptr, 0, 1000, nullptr); }
    }
    printf("%zu\n", good);
    return good == urls.size() ? 0 : 1;
}
