/* The floor of `make bench`: sends the bytes that influx sends to deactivate an authorization, and only
 * looks at the status of the response. No names, no TLS, no JSON, no checks.
 *
 *     floor PORT TOKEN ID COUNT AGENT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static const char body[] = "{\"status\":\"inactive\"}";
    char request[1024], answer[16384];
    if (argc != 6)
        return 2;
    int length = snprintf(request, sizeof request,
        "PATCH /private/legacy/authorizations/%s HTTP/1.1\r\ncontent-length: %zu\r\nuser-agent: %s\r\n"
        "accept: application/json\r\nhost: 127.0.0.1:%s\r\nauthorization: Token %s\r\n"
        "content-type: application/json\r\n\r\n%s",
        argv[3], sizeof body - 1, argv[5], argv[1], argv[2], body);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server < 0 || connect(server, (struct sockaddr *)&address, sizeof address) != 0)
        return 4;
    for (int left = atoi(argv[4]); left > 0; left--) {
        if (write(server, request, length) != length)
            return 4;
        size_t held = 0, whole = 0;
        while (whole == 0 || held < whole) {
            ssize_t more = read(server, answer + held, sizeof answer - 1 - held);
            if (more <= 0)
                return 4;
            held += more;
            answer[held] = 0;
            char *end = strstr(answer, "\r\n\r\n"), *size = strcasestr(answer, "content-length: ");
            if (end && size)
                whole = end + 4 - answer + atoi(size + 16);
        }
        if (strncmp(answer, "HTTP/1.1 200 ", 13) != 0)
            return 7;
    }
    return 0;
}
