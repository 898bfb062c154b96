package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
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

    /** How many slots a relation may have in the numbering of one SELECT. */
    static final int SLOTS = 1 << 14;

    /** Where system columns that are taken along through a join begin. */
    private static final int SYSTEM = SLOTS / 2;

    /** How many columns of a relation one query may use; two slots are left for the fields that time is read from. */
    static final int MOST_COLUMNS = SYSTEM - 2;

    /** How many relations one query may join. */
    static final int MOST_RELATIONS = InnerSlots.RESULTS / SLOTS;

    private final RelationSchema relation;
    private final int base;
    private final List<SystemColumnKind> system = new ArrayList<>();
    private Optional<Integer> ownTime = Optional.empty();
    private final Optional<Identifier> alias;
    private final List<FieldRead> fields = new ArrayList<>();
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> ignoringCase = new HashMap<>();

    Scope(RelationSchema relation, Optional<Identifier> alias) {
        this(relation, alias, 0);
    }

    /**
     * A relation beside others.
     *
     * @param position its place in FROM
     */
    Scope(RelationSchema relation, Optional<Identifier> alias, int position) {
        this.relation = relation;
        this.base = position * SLOTS;
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
        if (known.isPresent() || !relation.open() || isFull()) {
            return known;
        }
        add(new FieldRead(name.name(), Simple.ANY, name.quoted(), false));
        return Optional.of(slot(fields.size() - 1));
    }

    /** Whether the query uses as many columns of the relation as it may. */
    boolean isFull() {
        return fields.size() >= MOST_COLUMNS;
    }

    /** A field that time is read from, whether the query uses it or not. */
    Optional<Expression.Slot> timeField(String name) {
        Identifier field = new Identifier(Location.START, name, false);
        if (known(field).isEmpty() && relation.open()) {
            add(new FieldRead(name, Simple.ANY, false, false));
        }
        return known(field);
    }

    /** The slot at a place. */
    Expression.Slot slot(int index) {
        FieldRead field = fields.get(index);
        return new Expression.Slot(base + index, field.name(), field.type());
    }

    /** The slots of the declared columns, in their order. */
    List<Expression.Slot> declared() {
        List<Expression.Slot> slots = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            slots.add(slot(i));
        }
        return slots;
    }

    /** A system column of the relation as a slot, which a join takes along. */
    Expression.Slot system(SystemColumnKind kind) {
        int place = system.indexOf(kind);
        if (place < 0) {
            place = system.size();
            system.add(kind);
        }
        return new Expression.Slot(base + SYSTEM + place, kind.columnName(), kind.type());
    }

    /** The system columns that are taken along. */
    List<SystemColumnKind> system() {
        return List.copyOf(system);
    }

    /** Whether the slot is one of this relation. */
    boolean owns(int slot) {
        return slot >= base && slot < base + SLOTS;
    }

    /** The system column that a slot of this relation stands for. */
    Optional<SystemColumnKind> systemOf(int slot) {
        int place = slot - base - SYSTEM;
        return place < 0 ? Optional.empty() : Optional.of(system.get(place));
    }

    /** The field that a slot of this relation reads, when it is no system column. */
    FieldRead fieldOf(int slot) {
        return fields.get(slot - base);
    }

    /** How many slots the relation's row has, once all names are known. */
    int width() {
        return fields.size() + system.size();
    }

    /** The place in the relation's row of one of its slots. */
    int placeOf(int slot) {
        int local = slot - base;
        return local < SYSTEM ? local : fields.size() + local - SYSTEM;
    }

    /** Takes a column as the event time of the relation's rows; false where another one is that already. */
    boolean useAsTime(int slot) {
        int field = slot - base;
        Optional<Integer> known = timeField();
        if (known.isPresent()) {
            return known.get() == field;
        }
        ownTime = Optional.of(field);
        return true;
    }

    /** Takes a column as the event time whatever the source says. */
    void replaceTime(int slot) {
        ownTime = Optional.of(slot - base);
    }

    /** The field that holds event time: what the query says, else what the source says. */
    Optional<Integer> timeField() {
        return ownTime.isPresent()
                ? ownTime
                : relation.eventTimeField().flatMap(this::timeField).map(slot -> slot.index() - base);
    }
}
