package io.velostream.local.apiserver;

import java.nio.file.Path;

class InMemoryContractTest extends ApiServerContract {
    @Override
    LocalApiServer start(Path directory) {
        return LocalApiServer.start(ApiServerChoice.MEMORY, directory.resolve("api"));
    }
}
