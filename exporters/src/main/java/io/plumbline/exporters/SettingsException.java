package io.plumbline.exporters;

/** A setting that cannot be used. The message names the full key, the value (unless it is a secret) and the remedy. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
