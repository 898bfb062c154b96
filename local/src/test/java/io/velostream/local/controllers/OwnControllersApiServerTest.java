package io.velostream.local.controllers;

import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.Binaries;
import io.velostream.local.apiserver.LocalApiServer;
import java.nio.file.Path;

class OwnControllersApiServerTest extends StatefulSetContract {
    @Override
    LocalApiServer startServer(Path directory) {
        Binaries.assumeApiServer();
        return LocalApiServer.start(ApiServerChoice.REAL, directory.resolve("api"));
    }

    @Override
    ControllerChoice choice() {
        return ControllerChoice.OWN;
    }
}
