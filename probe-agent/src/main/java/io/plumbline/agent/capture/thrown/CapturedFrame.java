package io.plumbline.agent.capture.thrown;

/**
 * One frame as it was read.
 *
 * @param prefix what the JDK prints before the class: loader and module, each with a slash; often empty
 * @param type the class's binary name
 * @param location file and line, {@code Native Method} or {@code Unknown Source}
 */
public record CapturedFrame(String prefix, String type, String method, String location) {
    /** In place of an element that could not be read. */
    static final CapturedFrame UNREAD = new CapturedFrame("", "", "", "");

    boolean isUnread() {
        return equals(UNREAD);
    }

    /** As {@link StackTraceElement#toString} writes it. */
    @Override
    public String toString() {
        return isUnread() ? "null" : prefix + type + '.' + method + '(' + location + ')';
    }
}
