/* The floor of `make bench`, which is the least that any client has to do. Sends the same bytes as influx to
 * deactivate an authorization, and only checks the status of the response. It does not support DNS, TLS or
 * JSON.
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
    char request[1024], response[16384];
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
        size_t received = 0, total = 0;
        while (total == 0 || received < total) {
            ssize_t more = read(server, response + received, sizeof response - 1 - received);
            if (more <= 0)
                return 4;
            received += more;
            response[received] = 0;
            char *end = strstr(response, "\r\n\r\n"), *size = strcasestr(response, "content-length: ");
            if (end && size)
                total = end + 4 - response + atoi(size + 16);
        }
        if (strncmp(response, "HTTP/1.1 200 ", 13) != 0)
            return 7;
    }
    return 0;
}
