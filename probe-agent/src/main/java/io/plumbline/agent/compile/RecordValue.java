package io.plumbline.agent.compile;

/**
 * One value of a record.
 *
 * @param name under which a snapshot shows it; empty where the action knows it
 * @param expression null for what must not be read
 */
record RecordValue(String name, Typed expression) {

    static RecordValue hidden(String name) {
        return new RecordValue(name, null);
    }

    /** Whether it is a snapshot's. */
    boolean isNamed() {
        return !name.isEmpty();
    }

    boolean isHidden() {
        return expression == null;
    }
}
