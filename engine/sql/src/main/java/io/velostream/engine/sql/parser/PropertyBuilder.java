package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.parser.generated.VeloSqlParser.PropertyContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.PropertyKeyContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.PropertyValueContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.WithPropertiesContext;
import io.velostream.engine.sql.tree.Property;
import java.util.List;

/** Parse tree → WITH entries. */
final class PropertyBuilder {

    List<Property> build(WithPropertiesContext node) {
        return node.property().stream().map(this::property).toList();
    }

    private Property property(PropertyContext node) {
        return new Property(
                Locations.of(node.propertyKey()),
                key(node.propertyKey()),
                Locations.of(node.propertyValue()),
                value(node.propertyValue()));
    }

    static String key(PropertyKeyContext node) {
        return node.STRING() == null
                ? node.getText()
                : Locations.string(node.STRING().getSymbol());
    }

    static String value(PropertyValueContext node) {
        if (node.STRING() != null) {
            return Locations.string(node.STRING().getSymbol());
        }
        return node.identifier() == null
                ? node.getText()
                : Locations.identifier(node.identifier()).name();
    }
}
