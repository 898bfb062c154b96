package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that a SELECT sees: those of its relation, each a slot. A relation without declared columns gets a slot
 * for each name that the query uses.
 */
final class Scope {

    private final RelationSchema relation;
    private final Optional<Identifier> alias;
    private final List<FieldRead> fields = new ArrayList<>();
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> ignoringCase = new HashMap<>();

    Scope(RelationSchema relation, Optional<Identifier> alias) {
        this.relation = relation;
        this.alias = alias;
        for (RelationSchema.Column column : relation.columns()) {
            add(new FieldRead(column.name(), column.type(), false, column.fromKey()));
        }
    }

    RelationSchema relation() {
        return relation;
    }

    /** The slots so far. */
    List<FieldRead> fields() {
        return List.copyOf(fields);
    }

    /** Whether this qualifier means the relation: its alias, or its name where it has no alias. */
    boolean isQualifier(Identifier name) {
        return alias.map(known -> name.matches(known.name())).orElseGet(() -> name.matches(relation.name()));
    }

    /** The qualifier that works, for messages. */
    String qualifier() {
        return alias.map(Identifier::name).orElse(relation.name());
    }

    /** A column that is declared, or was used before. */
    Optional<Expression.Slot> known(Identifier name) {
        Integer place = exact.get(name.name());
        if (place == null && !name.quoted()) {
            place = ignoringCase.get(RelationCatalogue.key(name.name()));
        }
        return Optional.ofNullable(place).map(this::slot);
    }

    private void add(FieldRead field) {
        exact.putIfAbsent(field.name(), fields.size());
        if (!field.quoted()) {
            ignoringCase.putIfAbsent(RelationCatalogue.key(field.name()), fields.size());
        }
        fields.add(field);
    }

    /** A column; of an open relation each name is one. */
    Optional<Expression.Slot> column(Identifier name) {
        Optional<Expression.Slot> known = known(name);
        if (known.isPresent() || !relation.open()) {
            return known;
        }
        add(new FieldRead(name.name(), Simple.ANY, name.quoted(), false));
        return Optional.of(slot(fields.size() - 1));
    }

    /** The slot at a place. */
    Expression.Slot slot(int index) {
        FieldRead field = fields.get(index);
        return new Expression.Slot(index, field.name(), field.type());
    }

    /** The slots of the declared columns, in their order. */
    List<Expression.Slot> declared() {
        List<Expression.Slot> slots = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            slots.add(slot(i));
        }
        return slots;
    }
}
