// libcurl sets and reads options through variadic functions, which Swift cannot call. Each wrapper below is one of
// them for one type of argument.
#ifndef PKGMINE_CURL_SHIM_H
#define PKGMINE_CURL_SHIM_H
#include <curl/curl.h>

static inline CURLcode pkgmine_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode pkgmine_set_string(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode pkgmine_set_pointer(CURL *easy, CURLoption option, void *value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode pkgmine_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(easy, option, value);
}
typedef size_t (*pkgmine_receiver)(char *bytes, size_t size, size_t count, void *user);
static inline CURLcode pkgmine_set_receiver(CURL *easy, CURLoption option, pkgmine_receiver receiver) {
    return (curl_easy_setopt)(easy, option, receiver);
}
static inline CURLcode pkgmine_set_socket_opener(CURL *easy, curl_opensocket_callback opener) {
    return (curl_easy_setopt)(easy, CURLOPT_OPENSOCKETFUNCTION, opener);
}
static inline CURLcode pkgmine_set_prerequisite(CURL *easy, curl_prereq_callback check) {
    return (curl_easy_setopt)(easy, CURLOPT_PREREQFUNCTION, check);
}
static inline CURLMcode pkgmine_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}
static inline const char *pkgmine_get_string(CURL *easy, CURLINFO info) {
    const char *value = 0;
    (curl_easy_getinfo)(easy, info, &value);
    return value;
}
static inline void *pkgmine_get_private(CURL *easy) {
    void *value = 0;
    (curl_easy_getinfo)(easy, CURLINFO_PRIVATE, &value);
    return value;
}
static inline long pkgmine_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    (curl_easy_getinfo)(easy, info, &value);
    return value;
}
static inline CURLcode pkgmine_message_result(const CURLMsg *message) { return message->data.result; }
static inline CURLcode pkgmine_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
#endif
