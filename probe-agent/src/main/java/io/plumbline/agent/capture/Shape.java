package io.plumbline.agent.capture;

/** How objects of one class are written. Never calls what the application could have overridden. */
interface Shape {

    /**
     * Writes an object that is not null.
     *
     * @param level of objects that it stands in; 0 for a variable
     * @throws Throwable what reading it threw; the writer ends the container that it stands in
     */
    void write(Object value, ValueWriter to, int level) throws Throwable;
}
