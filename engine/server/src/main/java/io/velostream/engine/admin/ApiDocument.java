package io.velostream.engine.admin;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Velostream engine",
                        version = "1",
                        description =
                                "Health, metrics and administration of one engine pod. Errors are RFC 9457 problem"
                                        + " documents: 401 without a token, 403 where the read-only token asks for a write."))
@SecurityScheme(
        securitySchemeName = ApiDocument.TOKEN,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token of the cluster's Secret")
public class ApiDocument extends Application {

    /** Names the one way to be let in. */
    static final String TOKEN = "token";
}
