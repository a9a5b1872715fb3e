package io.github.camelgemini.emulator.api;

import java.math.BigDecimal;

/** An account balance in US dollars. Thread-safe. */
public final class Balance {

    private final BigDecimal atFirst;
    private BigDecimal left;

    /** A balance with this amount. */
    public Balance(BigDecimal usd) {
        this.atFirst = usd;
        this.left = usd;
    }

    /** The current balance. */
    public synchronized BigDecimal left() {
        return left;
    }

    /** Takes a price from the balance. Returns false, and takes nothing, when it is not sufficient. */
    public synchronized boolean spend(BigDecimal usd) {
        if (left.compareTo(usd) < 0) {
            return false;
        }
        left = left.subtract(usd);
        return true;
    }

    /** Returns the price of a failed request. */
    public synchronized void refund(BigDecimal usd) {
        left = left.add(usd);
    }

    /** Restores the original balance. */
    public synchronized void fill() {
        left = atFirst;
    }
}
