// Serves a module index from a file made by bench-generate: any `since`, a binary search in mapped memory each.
//
//     bench-index-server FILE PORT LATENCY_MS [KEEP_FOLDER]
//
// Each answer begins LATENCY_MS after its request. With KEEP_FOLDER each page is also kept as a file named by its
// `since` (`start` without one), which nginx can serve afterwards.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

using Clock = std::chrono::steady_clock;

static const size_t page_lines = 2000;

struct Index {
    std::string_view bytes;

    explicit Index(const char *path) {
        const int file = open(path, O_RDONLY);
        struct stat facts;
        if (file < 0 || fstat(file, &facts) != 0) { perror(path), exit(1); }
        void *map = mmap(nullptr, facts.st_size, PROT_READ, MAP_SHARED, file, 0);
        if (map == MAP_FAILED) { perror(path), exit(1); }
        bytes = {static_cast<char *>(map), static_cast<size_t>(facts.st_size)};
    }

    // The first entries, 2,000 at most, at or after the time.
    std::string_view page(std::string_view since, size_t limit) const {
        const size_t start = since.empty() ? 0 : first_at(key(since));
        size_t end = start;
        for (size_t line = 0; line < limit && end < bytes.size(); line++) { end = bytes.find('\n', end) + 1; }
        return bytes.substr(start, end - start);
    }

  private:
    // Times sort as texts once their fractions have all their digits: 19 characters and a fraction.
    static std::string key(std::string_view time) {
        std::string text(time.substr(0, time.find('Z')));
        if (text.size() == 19) { text += '.'; }
        text.resize(29, '0');
        return text;
    }

    static std::string key_of_line(std::string_view line) {
        const size_t start = line.rfind("\":\"") + 3;
        return key(line.substr(start, line.rfind('"') - start));
    }

    size_t first_at(const std::string &wanted) const {
        size_t low = 0, high = bytes.size();  // starts of lines, or the end
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            const size_t newline = middle == 0 ? std::string_view::npos : bytes.rfind('\n', middle - 1);
            const size_t start = newline == std::string_view::npos ? 0 : newline + 1;
            const size_t end = bytes.find('\n', start);
            if (key_of_line(bytes.substr(start, end - start)) < wanted) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return low;
    }
};

struct Connection {
    int socket;
    std::string request;
    std::string head;
    std::string_view body;
    size_t sent = 0;
    bool is_answering = false;
};

struct Due {
    Clock::time_point time;
    int socket;
};

class Server {
  public:
    Server(const Index &index, int port, int latency, std::string keep)
        : index(index), latency(latency), keep(std::move(keep)), poll(epoll_create1(0)) {
        listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        const int yes = 1;
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) || listen(listener, 1024)) {
            perror("listen"), exit(1);
        }
        watch(listener, EPOLLIN, EPOLL_CTL_ADD);
    }

    void run() {
        epoll_event events[256];
        while (true) {
            const int count = epoll_wait(poll, events, 256, timeout());
            for (int index = 0; index < count; index++) { handle(events[index]); }
            while (!due.empty() && due.front().time <= Clock::now()) {
                const int socket = due.front().socket;
                due.pop_front();
                if (connections.count(socket)) { send(*connections[socket]); }
            }
        }
    }

  private:
    const Index &index;
    const std::chrono::milliseconds latency;
    const std::string keep;
    int poll, listener;
    std::unordered_map<int, std::unique_ptr<Connection>> connections;
    std::deque<Due> due;

    int timeout() const {
        if (due.empty()) { return -1; }
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(due.front().time - Clock::now()).count();
        return rest < 0 ? 0 : static_cast<int>(rest);
    }

    void watch(int socket, uint32_t events, int operation) {
        epoll_event event{};
        event.events = events;
        event.data.fd = socket;
        epoll_ctl(poll, operation, socket, &event);
    }

    void handle(const epoll_event &event) {
        if (event.data.fd == listener) { return accept_all(); }
        Connection &connection = *connections[event.data.fd];
        if (connection.is_answering) {
            if (event.events & EPOLLOUT) { send(connection); }
        } else {
            receive(connection);
        }
    }

    void accept_all() {
        int socket;
        while ((socket = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) >= 0) {
            const int yes = 1;
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            connections[socket] = std::make_unique<Connection>(Connection{socket});
            watch(socket, EPOLLIN, EPOLL_CTL_ADD);
        }
    }

    void receive(Connection &connection) {
        char buffer[4096];
        const ssize_t count = recv(connection.socket, buffer, sizeof buffer, 0);
        if (count <= 0) { return close_connection(connection); }
        connection.request.append(buffer, count);
        if (connection.request.find("\r\n\r\n") == std::string::npos) { return; }
        answer(connection);
    }

    static std::string parameter(const std::string &request, const char *name) {
        const std::string target = request.substr(0, request.find("\r\n"));
        const size_t place = target.find(name);
        if (place == std::string::npos) { return ""; }
        const size_t start = place + strlen(name);
        return target.substr(start, target.find_first_of("& ", start) - start);
    }

    void answer(Connection &connection) {
        const std::string since = parameter(connection.request, "since=");
        const std::string limit = parameter(connection.request, "limit=");
        connection.request.clear();
        connection.body = index.page(since, limit.empty() ? page_lines : std::stoul(limit));
        connection.head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
                          std::to_string(connection.body.size()) + "\r\n\r\n";
        connection.sent = 0;
        connection.is_answering = true;
        if (!keep.empty()) { keep_page(since.empty() ? "start" : since, connection.body); }
        if (latency.count() == 0) { return send(connection); }
        due.push_back({Clock::now() + latency, connection.socket});
        watch(connection.socket, 0, EPOLL_CTL_MOD);
    }

    void keep_page(const std::string &name, std::string_view page) const {
        FILE *file = fopen((keep + "/" + name).c_str(), "w");
        if (!file) { perror(name.c_str()), exit(1); }
        fwrite(page.data(), 1, page.size(), file);
        fclose(file);
    }

    void send(Connection &connection) {
        const size_t head = connection.head.size();
        while (connection.sent < head + connection.body.size()) {
            iovec parts[2];
            const size_t in_head = connection.sent < head ? connection.sent : head;
            const size_t in_body = connection.sent - in_head;
            parts[0] = {connection.head.data() + in_head, head - in_head};
            parts[1] = {const_cast<char *>(connection.body.data()) + in_body, connection.body.size() - in_body};
            const ssize_t count = writev(connection.socket, parts, 2);
            if (count < 0 && errno == EAGAIN) { return watch(connection.socket, EPOLLOUT, EPOLL_CTL_MOD); }
            if (count < 0) { return close_connection(connection); }
            connection.sent += count;
        }
        connection.is_answering = false;
        watch(connection.socket, EPOLLIN, EPOLL_CTL_MOD);
    }

    void close_connection(Connection &connection) {
        const int socket = connection.socket;
        close(socket);
        connections.erase(socket);
    }
};

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: bench-index-server FILE PORT LATENCY_MS [KEEP_FOLDER]\n");
        return 64;
    }
    signal(SIGPIPE, SIG_IGN);
    const Index index(arguments[1]);
    Server(index, atoi(arguments[2]), atoi(arguments[3]), count > 4 ? arguments[4] : "").run();
}
