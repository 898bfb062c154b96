package io.velostream.local.controllers;

import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.LocalApiServer;
import java.nio.file.Path;

class OwnControllersTest extends StatefulSetContract {
    @Override
    LocalApiServer startServer(Path directory) {

        return LocalApiServer.start(ApiServerChoice.MEMORY, directory.resolve("api"));
    }

    @Override
    ControllerChoice choice() {
        return ControllerChoice.OWN;
    }
}
