package io.velostream.local.apiserver;

import java.nio.file.Path;

class RealApiServerTest extends ApiServerContract {
    @Override
    LocalApiServer start(Path directory) {
        Binaries.assumeApiServer();
        return LocalApiServer.start(ApiServerChoice.REAL, directory.resolve("api"));
    }
}
