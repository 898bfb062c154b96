package io.velostream.local.apiserver.memory;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where the lines of a watch go. All calls come on one context, in order; what comes after the end is dropped. */
sealed interface WatchLines {
    void write(String line);

    void end();

    void onClose(Runnable action);

    /** One text frame a line. */
    record Socket(ServerWebSocket socket) implements WatchLines {
        @Override
        public void write(String line) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(line);
            }
        }

        @Override
        public void end() {
            if (!socket.isClosed()) {
                socket.close();
            }
        }

        @Override
        public void onClose(Runnable action) {
            socket.closeHandler(ignored -> action.run());
        }
    }

    /** Chunked HTTP, one line an event. */
    record Chunks(HttpServerResponse response) implements WatchLines {
        /** Sends the head at once: a client waits for it before it takes the watch as begun. */
        static Chunks begin(HttpServerResponse response) {
            response.setChunked(true)
                    .putHeader("Content-Type", "application/json")
                    .writeHead();
            return new Chunks(response);
        }

        @Override
        public void write(String line) {
            if (!response.ended() && !response.closed()) {
                response.write(line + "\n");
            }
        }

        @Override
        public void end() {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }

        @Override
        public void onClose(Runnable action) {
            response.closeHandler(ignored -> action.run());
        }
    }
}
